//! Compiles the contract in `proto/` to Rust, without protoc.
//!
//! Writes to OUT_DIR: the messages and the service, their proto3 JSON form, and
//! the descriptor set that reflection serves.

use std::{env, error::Error, fs, path::PathBuf};

use prost::Message;

const PROTO_ROOT: &str = "proto";
const PROTO_FILE: &str = "proto/verbatim/v1/text_analysis.proto";

fn main() -> Result<(), Box<dyn Error>> {
    // The builder does not do this by itself when protoc is not run.
    println!("cargo:rerun-if-changed={PROTO_FILE}");
    println!("cargo:rerun-if-changed=build.rs");

    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    let descriptors = protox::compile([PROTO_FILE], [PROTO_ROOT])?;
    let bytes = descriptors.encode_to_vec();
    fs::write(out_dir.join("verbatim_descriptor.bin"), &bytes)?;

    tonic_prost_build::configure().skip_protoc_run().compile_fds(descriptors)?;

    // `emit_fields`: an offset of 0 is printed, so that every span in the JSON
    // has the same keys.
    pbjson_build::Builder::new()
        .register_descriptors(&bytes)?
        .emit_fields()
        .build(&[".verbatim.v1"])?;
    Ok(())
}
