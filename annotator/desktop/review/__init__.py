"""Review sessions on screen: what a team decides of its work, and how."""
