"""Rules over content: “when X happens to content of type Y in place Z, if …, then …”.

``noticing`` writes down that a rule met its event, inside the transaction of the event; ``doing``
acts afterwards; ``delivering`` carries e-mails and webhooks out of the house. No rule approves,
publishes or changes what is live, and none sets off another.
"""
