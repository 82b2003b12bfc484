//! `page-bindgen MODULE NAME FOLDER` writes into `FOLDER` what a browser loads of a compiled
//! WebAssembly module: `NAME.js`, which binds it to the page, and `NAME_bg.wasm`.
//!
//! It is the library behind wasm-bindgen's own command line, called as
//! `wasm-bindgen --target web --no-typescript` calls it. As a member of the workspace it
//! is pinned by the same Cargo.lock as the wasm-bindgen that the page is compiled with.

use std::env;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [module, name, folder] = &arguments[..] else {
        eprintln!("usage: page-bindgen MODULE NAME FOLDER");
        return ExitCode::FAILURE;
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(false).omit_default_module_path(false);
    match bindgen.web(true).and_then(|bindgen| bindgen.generate(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("page-bindgen: {module}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
