"""The risk of decline, and how relationships ended."""
