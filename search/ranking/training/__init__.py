"""What is learned from the portal's own corpus; nothing here runs while a page is served."""
