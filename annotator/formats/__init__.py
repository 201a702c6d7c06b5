"""Files to domain objects and back: article importers, exchange JSON, quote sheets. No database, no window."""
