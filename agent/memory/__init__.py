"""The history of chats, feedback on answers, and the last two minutes."""
