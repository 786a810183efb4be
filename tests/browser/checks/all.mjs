// All checks, in the order in which they run.

import access from "./access.mjs";
import clicks from "./clicks.mjs";
import empty from "./empty.mjs";
import fragment from "./fragment.mjs";
import hostile from "./hostile.mjs";
import keyboard from "./keyboard.mjs";
import media from "./media.mjs";
import quiet from "./quiet.mjs";
import sorting from "./sorting.mjs";
import tables from "./tables.mjs";

export const CHECKS = [quiet, tables, sorting, fragment, clicks, keyboard, media, access, hostile, empty].flat();
