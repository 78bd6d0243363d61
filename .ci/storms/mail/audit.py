"""What is found when all is calm again."""

import re


def audit(mails, nodes, letters):
    """Prints what was made and mailed. Answers what is wrong."""
    state, wrong, copies = mails.tell("state"), [], 0
    for letter in letters.made:
        got = [message for message in state["messages"] if message["to"] == [letter.to]]
        wrong += wrongs(letter, got, state["commands"], letters)
        copies += max(len(got) - 1, 0)
    lost_answers = nodes.kills + sum(not message["answered"] for message in state["messages"])
    if copies > lost_answers:
        wrong.append(f"twice: {copies} second copies, {lost_answers} answers may have been lost")
    print(f"{len(letters.made)} secrets, {len(letters.burned)} burned, {len(state['messages'])} mails, {copies} of them second "
          f"copies; {nodes.kills} kills, {state['sessions']} connections to the mail server")
    return wrong + [f"a task panicked: {node.process.log}" for node in nodes.all if "panicked" in node.process.said()]


def wrongs(letter, got, commands, letters):
    """What is wrong with the mails that one recipient got."""
    if any(f"/secret/{letter.key}" not in re.sub("=\r?\n", "", message["data"]) for message in got):
        yield f"{letter.to} got another link"
    if letter.to in letters.burned:
        if is_begun_after(commands, letter.to, letters.burned[letter.to]):
            yield f"late: {letter.to}"
    elif not got or letters.receipt(letter).get("mail") != "sent":
        yield f"lost: {letter.to} has {len(got)} mails, his receipt says {letters.receipt(letter)}"


def is_begun_after(commands, to, mark):
    """Whether a mail to somebody was begun after so many commands. What was on its way already goes on."""
    begun = {}
    for at, said in enumerate(commands):
        if said["line"].startswith("MAIL"):
            begun[said["session"]] = at
        elif f"<{to}>" in said["line"] and begun[said["session"]] >= mark:
            return True
    return False
