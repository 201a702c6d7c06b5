"""Articles on paper and as PDF, drawn with the layouts and draw lists of the article view."""
