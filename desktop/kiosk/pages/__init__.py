"""The pages of a visit: each is made anew when it is shown, in the language of the visitor."""
