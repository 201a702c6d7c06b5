"""From a text to suggestions: who is named where, and who speaks. No database, no Qt; nothing here decides."""
