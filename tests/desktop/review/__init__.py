"""Tests of the review screens."""
