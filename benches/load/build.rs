//! Compiles the client of the contract in `proto/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = "../../proto/verbatim/v1/text_analysis.proto";
    println!("cargo:rerun-if-changed={file}");
    let descriptors = protox::compile([file], ["../../proto"])?;
    tonic_prost_build::configure()
        .build_server(false)
        .skip_protoc_run()
        .compile_fds(descriptors)?;
    Ok(())
}
