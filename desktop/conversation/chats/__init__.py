"""The list of chats, and the last two minutes."""
