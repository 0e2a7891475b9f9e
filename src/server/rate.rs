//! So many calls a second for each client.

use std::num::NonZeroU32;

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::{error::Error, pool::Client};

/// The calls of each client of late.
pub struct Rates {
    limiter: DefaultKeyedRateLimiter<Client>,
    clock: DefaultClock,
    limit: u32,
}

impl Rates {
    /// `limit` calls a second, `burst` at once; `None` for a limit of 0.
    pub fn new(limit: u32, burst: Option<u32>) -> Option<Self> {
        let rate = NonZeroU32::new(limit)?;
        let burst = burst.and_then(NonZeroU32::new).unwrap_or(rate);
        let quota = Quota::per_second(rate).allow_burst(burst);
        Some(Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default(), limit })
    }

    /// Counts a call of `client`.
    ///
    /// # Errors
    /// `RateLimited`.
    pub fn check(&self, client: &Client) -> Result<(), Error> {
        self.limiter.check_key(client).map_err(|until| Error::RateLimited {
            limit: self.limit,
            retry_after: until.wait_time_from(self.clock.now()),
        })
    }

    /// Forgets clients that have not called of late.
    pub fn forget(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}
