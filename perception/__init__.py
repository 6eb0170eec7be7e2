"""What comes in: sound, pictures, text and sensors, each as a frozen value."""
