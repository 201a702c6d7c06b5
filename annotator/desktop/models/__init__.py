"""What views read: the state of the window and Qt item models, both over frozen domain objects."""
