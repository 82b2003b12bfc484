// Starts the WebAssembly module.
//
// Trunk would write these lines into index.html as an inline script, which the
// page's content security policy forbids; Trunk.toml turns that off. The names
// of the two files carry a hash, so they are read from the preload links that
// Trunk puts into the head.
const href = (selector) => document.head.querySelector(selector).href;

try {
  const bindings = await import(href('link[rel="modulepreload"]'));
  const wasm = await bindings.default({
    module_or_path: href('link[rel="preload"][as="fetch"][type="application/wasm"]'),
  });
  window.wasmBindings = bindings;
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
} catch (error) {
  // A panic while opening shows its own notice; here the module never ran.
  if (!document.querySelector("dialog[open]")) {
    document.getElementById("not-started").hidden = false;
  }
  throw error;
}
