//! The server under load, as a process of its own.

use std::{
    error::Error,
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::Common;

pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it takes connections.
    pub async fn start(common: &Common) -> Result<Self, Box<dyn Error>> {
        let address = free_port()?;
        let mut command = match &common.server_cpus {
            Some(cpus) => {
                let mut command = Command::new("taskset");
                command.args(["-c", cpus]).arg(&common.server);
                command
            }
            None => Command::new(&common.server),
        };
        let admin = free_port()?.to_string();
        command.args(["serve", "--listen", &address.to_string(), "--admin-listen", &admin]);
        command.args(&common.serve).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn()?;
        let server = Self { child, address };
        for _ in 0..100 {
            if TcpStream::connect(address).is_ok() {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err("the server does not come up".into())
    }

    /// What the process holds in memory, in MiB.
    pub fn memory(&self) -> Result<f64, Box<dyn Error>> {
        // taskset becomes the program that it starts, so that this is its id.
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let value = line.and_then(|line| line.split_whitespace().nth(1)).ok_or("no VmRSS")?;
        Ok(value.parse::<f64>()? / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> Result<SocketAddr, Box<dyn Error>> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
