// Live changes never move what a hand is about to click. While the pointer or the keyboard is inside a [data-hold]
// region, a component that asked hears OnHold(true); OnHold(false) follows a moment after both have left.

const leaveMs = 400;

export function isHeld(region) {
  return Boolean(region?.matches(":hover") || region?.querySelector(":focus-visible"));
}

/** For interop: reports to component.OnHold(bool); dispose of what it returns. */
export function register(region, component) {
  const abort = new AbortController();
  let held = false;
  let timer;
  const tell = (value) => {
    if (value !== held) {
      held = value;
      region.dataset.hold = value ? "held" : "";
      component.invokeMethodAsync("OnHold", value).catch(() => {});
    }
  };
  const enter = (event) => {
    if (event.pointerType === "touch") {
      return;
    }
    clearTimeout(timer);
    tell(true);
  };
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(isHeld(region)), leaveMs);
  };
  const options = { signal: abort.signal };
  region.addEventListener("pointerenter", enter, options);
  region.addEventListener("pointerleave", leave, options);
  region.addEventListener("focusin", () => isHeld(region) && enter({}), options);
  region.addEventListener("focusout", leave, options);
  return {
    dispose() {
      clearTimeout(timer);
      abort.abort();
    },
  };
}
