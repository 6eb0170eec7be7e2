"""What is said about results, by what they are about."""
