// Starts the WebAssembly module.
//
// A file of its own, since the page's content security policy forbids inline scripts. The
// addresses of the module's two files are read from the preload links that the build puts
// into the head.
const href = (selector) => document.head.querySelector(selector).href;

// The smallest module with a vector instruction: this program has such everywhere, and a
// browser without them refuses all of it.
const vectors = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253,
  15, 253, 98, 11,
]);

try {
  if (!globalThis.WebAssembly?.validate(vectors)) {
    document.getElementById("no-vectors").hidden = false;
    throw new Error("This browser has no WebAssembly SIMD (fixed-width 128-bit)");
  }
  const bindings = await import(href('link[rel="modulepreload"]'));
  const wasm = await bindings.default({
    module_or_path: href('link[rel="preload"][as="fetch"][type="application/wasm"]'),
  });
  window.wasmBindings = bindings;
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
} catch (error) {
  // A panic while opening shows its own notice; here the module never ran.
  const isSaid = !document.getElementById("no-vectors").hidden;
  if (!isSaid && !document.querySelector("dialog[open]")) {
    document.getElementById("not-started").hidden = false;
  }
  throw error;
}
