//! The methods that there are, for whoever knows paths only.

/// What a method needs of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Next to nothing, and it is answered whatever the load: GetServiceInfo, reflection.
    Little,
    /// Nothing, not even to know who asks: health checks.
    Nothing,
    /// An analysis of one document.
    Analysis,
    /// Analyses for as long as the client likes.
    Stream,
}

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// Service and method as in the path, "other" for what there is not: a name that
    /// no client can make up.
    pub name: &'static str,
    pub need: Need,
}

macro_rules! service {
    ($name:literal, $need:ident) => {
        Method { name: concat!("verbatim.v1.TextAnalysisService/", $name), need: Need::$need }
    };
}

/// Every method.
pub const ALL: [Method; 12] = [
    service!("DetectLanguage", Analysis),
    service!("SplitSentences", Analysis),
    service!("TagEntities", Analysis),
    service!("AttributeQuotes", Analysis),
    service!("Analyze", Analysis),
    service!("AnalyzeStream", Stream),
    service!("GetServiceInfo", Little),
    Method { name: "grpc.health.v1.Health/Check", need: Need::Nothing },
    Method { name: "grpc.health.v1.Health/Watch", need: Need::Nothing },
    Method { name: "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", need: Need::Little },
    Method {
        name: "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        need: Need::Little,
    },
    OTHER,
];

const OTHER: Method = Method { name: "other", need: Need::Little };

impl Method {
    /// The method of a path like "/grpc.health.v1.Health/Check".
    pub fn of_path(path: &str) -> Self {
        let name = path.strip_prefix('/').unwrap_or(path);
        ALL.into_iter().find(|method| method.name == name).unwrap_or(OTHER)
    }

    /// Whether it is one of reflection.
    pub fn is_reflection(self) -> bool {
        self.name.starts_with("grpc.reflection.")
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, Method, Need, OTHER};

    /// A method that is missing here would be served like GetServiceInfo: to everybody,
    /// whatever the load.
    #[test]
    fn every_method_of_the_contract_is_here() {
        let contract = include_str!("../../proto/verbatim/v1/text_analysis.proto");
        let methods = contract.lines().filter_map(|line| line.trim().strip_prefix("rpc "));
        let mut count = 0;
        for method in methods {
            let (name, _) = method.split_once('(').unwrap();
            let path = format!("/verbatim.v1.TextAnalysisService/{name}");
            assert_ne!(Method::of_path(&path), OTHER, "{name}");
            count += 1;
        }
        assert_eq!(count, ALL.iter().filter(|m| m.name.starts_with("verbatim.")).count());
    }

    #[test]
    fn what_is_not_there_is_other() {
        assert_eq!(Method::of_path("/verbatim.v1.TextAnalysisService/Divine").name, "other");
        assert_eq!(Method::of_path("/grpc.health.v1.Health/Check").need, Need::Nothing);
    }
}
