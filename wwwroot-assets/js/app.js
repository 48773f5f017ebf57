// Starts what every page has. A module that fails leaves the page working without it.
import * as clock from "./clock.js";
import * as copy from "./copy.js";
import * as countdown from "./countdown.js";
import * as dialogs from "./dialogs.js";
import * as flash from "./flash.js";
import * as guard from "./guard.js";
import * as keys from "./keys.js";
import * as palette from "./palette.js";
import * as reconnect from "./reconnect.js";
import * as theme from "./theme.js";
import * as why from "./why.js";

// why before dialogs and keys: Esc closes the innermost thing first.
for (const [name, module] of Object.entries({ theme, clock, countdown, why, copy, dialogs, keys, palette, guard, flash, reconnect })) {
  try {
    module.init();
  } catch (fault) {
    console.warn(`${name} did not start`, fault);
  }
}
