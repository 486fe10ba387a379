// swift-tools-version: 6.3
import PackageDescription

// The manifest keeps the promises of the layout: the capabilities (Scheduling, People, Record) depend
// on values and on the log's vocabulary, never on anything that does I/O, and `Postgres` alone sees
// libpq. `swift build --explicit-target-dependency-import-check error` holds every target to it.

// The commit that `plenary --version` names. Scripts/build sets it; a plain `swift build` is a development build.
let commit = Context.environment["PLENARY_COMMIT"].flatMap { $0.isEmpty ? nil : $0 }

let package = Package(
  name: "plenary",
  products: [.executable(name: "plenary", targets: ["PlenaryCLI"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // Values and the log: pure.
    .target(name: "JSON"),
    .target(
      name: "Vocabulary", dependencies: ["JSON", .product(name: "Crypto", package: "swift-crypto")]),
    .target(
      name: "EventLog",
      dependencies: [
        "JSON", "Vocabulary",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    .target(name: "Mail", dependencies: ["Vocabulary"]),

    // What other programs write: bytes to facts, pure.
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Interchange", dependencies: ["CLibXML2", "CZlib", "JSON", "Vocabulary"]),

    // What is decided: pure.
    .target(name: "People", dependencies: ["EventLog", "Vocabulary"]),
    .target(name: "Scheduling", dependencies: ["EventLog", "JSON", "People", "Vocabulary"]),
    .target(name: "Record", dependencies: ["EventLog", "People", "Scheduling", "Vocabulary"]),

    // PostgreSQL.
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "Postgres", dependencies: ["CLibPQ"]),
    .target(
      name: "Schema", path: "Schema",
      resources: [
        .embedInCode("log"), .embedInCode("functions"), .embedInCode("triggers"), .embedInCode("projections"),
        .embedInCode("roles"), .embedInCode("catalogue"), .embedInCode("distribution"),
      ]),
    .target(
      name: "PostgresLog", dependencies: ["EventLog", "JSON", "Postgres", "Schema", "Vocabulary"]),

    .target(
      name: "PrivateServer",
      dependencies: [.product(name: "Subprocess", package: "swift-subprocess")]),

    // What is shown.
    .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .target(
      name: "ReadModels",
      dependencies: [
        "EventLog", "JSON", "People", "Record", "Scheduling", "Vocabulary",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ]),
    .target(
      name: "ProjectionRunner",
      dependencies: [
        "EventLog", "JSON", "Postgres", "PostgresLog", "ReadModels", "Vocabulary",
      ]),
    .target(
      name: "Publishing",
      dependencies: [
        "CLinux", "CQREncode", "CXLSXWriter", "CZlib", "EventLog", "JSON", "Mail", "People", "ReadModels",
        "Record",
        "Scheduling",
        "Vocabulary",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      resources: [.embedInCode("Screens"), .embedInCode("Templates")]),

    .systemLibrary(name: "CLinux"),
    // Large letters on the terminal.
    .systemLibrary(name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
    .target(name: "CVersion", cSettings: commit.map { [.define("PLENARY_COMMIT", to: $0)] }),

    // What puts it together.
    .target(
      name: "Plenary",
      dependencies: [
        "CLinux", "CVersion", "EventLog", "Interchange", "JSON", "Mail", "People", "Postgres", "PostgresLog",
        "PrivateServer",
        "ProjectionRunner", "Publishing",
        "ReadModels", "Record", "Scheduling", "Vocabulary",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .executableTarget(
      name: "PlenaryCLI",
      dependencies: [
        "CFreeType",
        "CLinux", "EventLog", "Interchange", "JSON", "Mail", "People", "Plenary", "PrivateServer",
        "Publishing", "ReadModels", "Record", "Scheduling", "Vocabulary",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Measures the limits that we have set ourselves; see Scripts/bench.
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "EventLog", "JSON", "People", "Plenary", "Postgres", "PostgresLog", "PrivateServer",
        "Publishing", "Record", "ScheduleFixtures", "Scheduling", "Vocabulary",
      ]),

    // Tests. TestSupport starts a PostgreSQL of its own for them.
    .target(name: "TestSupport", dependencies: ["Postgres"], path: "Tests/TestSupport"),
    .target(
      name: "Specification", dependencies: ["EventLog", "JSON", "Vocabulary"], path: "Tests/Specification"),
    .target(
      name: "EventStorePromises", dependencies: ["EventLog", "JSON", "Vocabulary"],
      path: "Tests/EventStorePromises"),
    .target(
      name: "OddPrograms",
      dependencies: ["EventLog", "JSON", "People", "Scheduling", "Vocabulary"], path: "Tests/OddPrograms"),
    .target(
      name: "ScheduleFixtures",
      dependencies: [
        "EventLog", "Interchange", "JSON", "People", "Plenary", "Postgres", "Publishing", "ReadModels",
        "Scheduling", "Vocabulary",
      ],
      path: "Tests/ScheduleFixtures"),
    .testTarget(
      name: "ScheduleFixturesTests",
      dependencies: ["EventLog", "Interchange", "ReadModels", "ScheduleFixtures", "Scheduling"]),
    .testTarget(
      name: "InterchangeTests",
      dependencies: ["Interchange", "JSON", "Publishing", "Specification", "Vocabulary"]),
    .testTarget(name: "VocabularyTests", dependencies: ["Specification", "Vocabulary"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON", "Specification", "Vocabulary"]),
    .testTarget(
      name: "EventLogTests",
      dependencies: [
        "EventLog", "EventStorePromises", "JSON", "Specification", "Vocabulary",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .testTarget(
      name: "PeopleTests", dependencies: ["EventLog", "JSON", "People", "Specification", "Vocabulary"]),
    .testTarget(
      name: "SchedulingTests",
      dependencies: [
        "EventLog", "JSON", "OddPrograms", "People", "Scheduling", "Specification", "Vocabulary",
      ]),
    .testTarget(
      name: "RecordTests",
      dependencies: [
        "EventLog", "JSON", "People", "Record", "Scheduling", "Specification", "Vocabulary",
      ]),
    .testTarget(
      name: "PublishingTests",
      dependencies: [
        "EventLog", "JSON", "Mail", "OddPrograms", "People", "Publishing", "ReadModels", "Record",
        "ScheduleFixtures", "Scheduling", "Specification", "Vocabulary",
      ],
      exclude: ["Snapshots", "browse.py", "colors.py", "sizes.py", "structure.py"]),
    .testTarget(
      name: "GoldenTests",
      dependencies: ["EventLog", "JSON", "People", "Record", "Scheduling", "Specification", "Vocabulary"]),
    .testTarget(
      name: "PlenaryTests",
      dependencies: [
        "EventLog", "Interchange", "People", "Plenary", "Postgres", "PrivateServer", "Publishing",
        "ReadModels",
        "Record", "Scheduling", "Specification", "Vocabulary",
      ],
      exclude: ["requests.txt"]),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"]),
    .testTarget(
      name: "PrivateServerTests",
      dependencies: [
        "PrivateServer",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "LogTestSupport",
      dependencies: ["EventLog", "Postgres", "PostgresLog", "TestSupport", "Vocabulary"],
      path: "Tests/LogTestSupport"),
    .testTarget(
      name: "PostgresLogTests",
      dependencies: [
        "EventLog", "EventStorePromises", "LogTestSupport", "People", "Plenary", "Postgres",
        "PostgresLog", "ReadModels", "Record", "Schema", "Scheduling", "TestSupport", "Vocabulary",
      ]),
    .target(
      name: "SmallConference", dependencies: ["People", "Scheduling", "Specification", "Vocabulary"],
      path: "Tests/SmallConference"),
    .testTarget(
      name: "ReadModelsTests",
      dependencies: [
        "EventLog", "JSON", "OddPrograms", "People", "ReadModels", "Record", "Scheduling",
        "SmallConference", "Specification", "Vocabulary",
      ]),
    .testTarget(
      name: "ProjectionRunnerTests",
      dependencies: [
        "EventLog", "JSON", "LogTestSupport", "People", "Plenary", "Postgres", "PostgresLog",
        "ProjectionRunner", "ReadModels", "Record", "Scheduling", "SmallConference", "Specification",
        "TestSupport", "Vocabulary",
      ]),
    .testTarget(
      name: "AcceptanceTests",
      dependencies: [
        "EventLog", "People", "Plenary", "PlenaryCLI", "Postgres", "PostgresLog", "Publishing", "ReadModels",
        "Scheduling", "TestSupport", "Vocabulary",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
  ]
}
