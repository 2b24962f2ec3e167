"""Following a document: what there is to tell, who asked to be told, and the mails."""
