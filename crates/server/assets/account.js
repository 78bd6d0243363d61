// The new API key, to be copied.

import { byId, copy, onPress } from "./page.js";

const key = byId("new-key");
if (key) onPress("copy-key", () => copy(key, key.value, "account-key-copied"));
