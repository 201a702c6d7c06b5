"""What an analyst does with passages: the commands, their writes in order, the people and the targets of links."""
