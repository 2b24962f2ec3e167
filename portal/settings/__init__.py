"""Settings: ``base`` holds what is true everywhere, the others what differs by purpose."""
