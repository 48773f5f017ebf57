// A hidden page needs no updates: tells component.OnVisibility(bool), for interop; dispose of what it returns.

export function register(component) {
  const abort = new AbortController();
  let last = true;
  const tell = () => {
    const visible = document.visibilityState === "visible";
    if (visible !== last) {
      last = visible;
      component.invokeMethodAsync("OnVisibility", visible).catch(() => {});
    }
  };
  document.addEventListener("visibilitychange", tell, { signal: abort.signal });
  tell();
  return { dispose: () => abort.abort() };
}
