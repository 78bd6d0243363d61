// What browsers have and Node 18 keeps behind a flag. Imported before anything that uses it.

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
