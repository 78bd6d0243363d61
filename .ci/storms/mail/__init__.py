"""The storm over mails."""
