"""The Qt app: the only place that imports PySide6."""
