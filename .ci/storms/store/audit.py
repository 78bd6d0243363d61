"""What is found when all is calm again."""

from ..exchange import call


def audit(nodes, tally):
    """Prints what was made, opened and wrong. Answers whether all is right."""
    opened, unknown = open_the_rest(nodes, tally)
    print(f"made {len(tally.secrets)}, opened at the end {opened}, unknown to their readers {unknown}, "
          f"slowest answer to a reader {tally.slowest:.1f} s")
    for node in nodes:
        said = node.process.said()
        if "panicked" in said:
            tally.is_wrong(f"a task panicked: {said[-2000:]}")
    kinds = {kind: sum(wrong.startswith(kind) for wrong in tally.wrong) for kind in ("twice", "lost", "refused")}
    kinds["other"] = len(tally.wrong) - sum(kinds.values())
    print(" ".join(f"{kind} {count}" for kind, count in kinds.items()))
    return not tally.wrong


def open_the_rest(nodes, tally):
    """Opens what nobody opened. Answers how many did, and how many nobody knows of."""
    opened = unknown = 0
    for number, secret in enumerate(tally.secrets):
        if secret.burned or secret.readers:
            # It must be gone, and on every node.
            if number % 5 == 0:
                status = call(nodes[number % len(nodes)].port, "POST", f"/api/v1/secret/{secret.key}")[0]
                if status != 404:
                    tally.is_wrong(f"twice: {status} for what was read or burned")
            continue
        status, body, _ = call(nodes[number % len(nodes)].port, "POST", f"/api/v1/secret/{secret.key}")
        if status == 200 and body["value"] == secret.value:
            opened += 1
        elif status == 404 and secret.unknown:
            unknown += 1
        else:
            tally.is_wrong(f"{'refused' if secret.was_refused else 'lost'}: {status} for what nobody got")
    return opened, unknown
