"""A watchdog for the thread of the window, and the scenarios on large projects that it watches."""
