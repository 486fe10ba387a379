package import EventLog

/// What every log keeps, whatever it is made of: one list, run against each of them.
///
/// Each promise takes a conference of its own, so they can run against one log, in any order.
package struct EventStorePromises<Store: EventStore>: Sendable {
  let makeStore: @Sendable () async throws -> Store

  /// - Parameter makeStore: called once for each client that works on the log at the same time; all
  ///   that it makes see the same log, a connection each for example.
  package init(makeStore: @escaping @Sendable () async throws -> Store) {
    self.makeStore = makeStore
  }

  package func check(_ promise: StorePromise) async throws {
    let log = try await makeStore()
    switch promise {
    case .positionsHaveNoGaps: try await positionsHaveNoGaps(log)
    case .whatIsReadIsWhatWasAppended: try await whatIsReadIsWhatWasAppended(log)
    case .nothingIsReadOfAnUnknownConference: try await nothingIsReadOfAnUnknownConference(log)
    case .aRepeatedCommandHasNoSecondEffect: try await aRepeatedCommandHasNoSecondEffect(log)
    case .anotherRequestUnderOneIdIsRefused: try await anotherRequestUnderOneIdIsRefused(log)
    case .theReceiptAnswersBeforeTheCondition: try await theReceiptAnswersBeforeTheCondition(log)
    case .aConflictNamesTheFirstEventInBetween: try await aConflictNamesTheFirstEventInBetween(log)
    case .whatCameBeforeTheConditionIsNoConflict:
      try await whatCameBeforeTheConditionIsNoConflict(log)
    case .otherTagsNeverConflict: try await otherTagsNeverConflict(log)
    case .queriesTakeAnyTypeAndAllTagsOfAnyItem:
      try await queriesTakeAnyTypeAndAllTagsOfAnyItem(log)
    case .conferencesAreIndependent: try await conferencesAreIndependent(log)
    case .aBatchIsAppendedWholeOrNotAtAll: try await aBatchIsAppendedWholeOrNotAtAll(log)
    case .whatTheLeafHashReliesOnIsChecked: try await whatTheLeafHashReliesOnIsChecked(log)
    case .theLeafHashCoversWhatIsRead: try await theLeafHashCoversWhatIsRead(log)
    case .aConditionAheadOfTheHeadIsAConflict: try await aConditionAheadOfTheHeadIsAConflict(log)
    case .aConditionBeforeTheFirstEventTakesThemAll:
      try await aConditionBeforeTheFirstEventTakesThemAll(log)
    case .oneSpellingOfACommandIDIsAsGoodAsAnother:
      try await oneSpellingOfACommandIDIsAsGoodAsAnother(log)
    case .whatCannotBeStoredIsRefused: try await whatCannotBeStoredIsRefused(log)
    case .eachCommandHasALaterTime: try await eachCommandHasALaterTime(log)
    case .whatIsSetAsideIsNotRead: try await whatIsSetAsideIsNotRead(log)
    case .settingAsideConflictsWithAnyDecision: try await settingAsideConflictsWithAnyDecision(log)
    case .everyAcknowledgedAppendIsStored: try await everyAcknowledgedAppendIsStored()
    case .aRaceHasOneWinner: try await aRaceHasOneWinner()
    case .aCommandSentTwiceAtOnceHasOneEffect: try await aCommandSentTwiceAtOnceHasOneEffect()
    }
  }
}

/// The promises by name, as arguments of a test:
/// `@Test(arguments: StorePromise.allCases) func keeps(promise: StorePromise)`.
package enum StorePromise: String, CaseIterable, Sendable, CustomStringConvertible {
  case positionsHaveNoGaps = "positions have no gaps"
  case whatIsReadIsWhatWasAppended = "what is read is what was appended"
  case nothingIsReadOfAnUnknownConference = "nothing is read of an unknown conference"
  case aRepeatedCommandHasNoSecondEffect = "a repeated command has no second effect"
  case anotherRequestUnderOneIdIsRefused = "another request under one id is refused"
  case theReceiptAnswersBeforeTheCondition = "the receipt answers before the condition"
  case aConflictNamesTheFirstEventInBetween = "a conflict names the first event in between"
  case whatCameBeforeTheConditionIsNoConflict = "what came before the condition is no conflict"
  case otherTagsNeverConflict = "other tags never conflict"
  case queriesTakeAnyTypeAndAllTagsOfAnyItem = "queries take any type and all tags of any item"
  case conferencesAreIndependent = "conferences are independent"
  case aBatchIsAppendedWholeOrNotAtAll = "a batch is appended whole or not at all"
  case whatTheLeafHashReliesOnIsChecked = "what the leaf hash relies on is checked"
  case theLeafHashCoversWhatIsRead = "the leaf hash covers what is read"
  case aConditionAheadOfTheHeadIsAConflict = "a condition ahead of the head is a conflict"
  case aConditionBeforeTheFirstEventTakesThemAll = "a condition before the first event takes them all"
  case oneSpellingOfACommandIDIsAsGoodAsAnother = "one spelling of a command id is as good as another"
  case whatCannotBeStoredIsRefused = "what cannot be stored is refused"
  case eachCommandHasALaterTime = "each command has a later time than the one before"
  case whatIsSetAsideIsNotRead = "what is set aside is not read, and brought back it is"
  case settingAsideConflictsWithAnyDecision = "setting aside conflicts with any decision"
  case everyAcknowledgedAppendIsStored = "every acknowledged append is stored"
  case aRaceHasOneWinner = "a race has one winner"
  case aCommandSentTwiceAtOnceHasOneEffect = "a command sent twice at once has one effect"

  package var description: String { rawValue }
}

extension EventStorePromises where Store: SealingStore {
  package func check(_ promise: SealingPromise) async throws {
    let log = try await makeStore()
    switch promise {
    case .aKeyIsKeptWithItsEventOrNotAtAll: try await aKeyIsKeptWithItsEventOrNotAtAll(log)
    case .aPersonHasOneKey: try await aPersonHasOneKey(log)
    case .aRepeatedAppendKeepsNoOtherKey: try await aRepeatedAppendKeepsNoOtherKey(log)
    }
  }
}

/// What a log with a vault promises besides.
package enum SealingPromise: String, CaseIterable, Sendable, CustomStringConvertible {
  case aKeyIsKeptWithItsEventOrNotAtAll = "a key is kept with its event or not at all"
  case aPersonHasOneKey = "a person has one key"
  case aRepeatedAppendKeepsNoOtherKey = "a repeated append keeps no other key"

  package var description: String { rawValue }
}

extension EventStorePromises where Store: ExpungingStore {
  package func check(_ promise: ExpungingPromise) async throws {
    let log = try await makeStore()
    switch promise {
    case .wordsComeBack: try await wordsComeBack(log)
    case .wordsAreNotInTheStoredBody: try await wordsAreNotInTheStoredBody(log)
    case .destroyedWordsAreGone: try await destroyedWordsAreGone(log)
    case .proofsHold: try await proofsHold(log)
    case .otherWordsStay: try await otherWordsStay(log)
    case .aRepeatedExpunctionHasNoSecondEffect: try await aRepeatedExpunctionHasNoSecondEffect(log)
    case .aRefusedExpunctionDestroysNothing: try await aRefusedExpunctionDestroysNothing(log)
    case .wordsAreDestroyedByAnEventThatNamesThem: try await wordsAreDestroyedByAnEventThatNamesThem(log)
    case .aReceiptForgetsWhatWasDestroyed: try await aReceiptForgetsWhatWasDestroyed(log)
    case .anExpungingEventBringsItsDestruction: try await anExpungingEventBringsItsDestruction(log)
    case .twoExpunctionsAtOnceHaveOneWinner: try await twoExpunctionsAtOnceHaveOneWinner()
    }
  }
}

/// What a log promises whose words can be destroyed.
package enum ExpungingPromise: String, CaseIterable, Sendable, CustomStringConvertible {
  case wordsComeBack = "words come back with their event"
  case wordsAreNotInTheStoredBody = "words are not in the stored body"
  case destroyedWordsAreGone = "destroyed words are gone, and the event stays"
  case proofsHold = "every leaf, root and proof holds after words were destroyed"
  case otherWordsStay = "the words of other events stay"
  case aRepeatedExpunctionHasNoSecondEffect = "a repeated expunction has no second effect"
  case aRefusedExpunctionDestroysNothing = "a refused expunction destroys nothing"
  case wordsAreDestroyedByAnEventThatNamesThem = "words are destroyed by an event that names them"
  case aReceiptForgetsWhatWasDestroyed = "a receipt forgets what was destroyed"
  case anExpungingEventBringsItsDestruction = "an expunging event brings its destruction"
  case twoExpunctionsAtOnceHaveOneWinner = "two expunctions at once have one winner"

  package var description: String { rawValue }
}
