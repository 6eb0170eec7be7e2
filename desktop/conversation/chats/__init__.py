"""The list of chats, the profile, and the last two minutes."""
