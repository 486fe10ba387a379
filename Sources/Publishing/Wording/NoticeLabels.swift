import ReadModels
import Vocabulary

extension Labels {
  /// Texts of notices to people about changes. Values replace `{…}`.
  enum Notice {
    static let newSubject = Wording(
      "Your part in the program: {conference}", "您的日程安排：{conference}",
      "Ваше участие в программе: {conference}")
    static let changedSubject = Wording(
      "Changes to your part in the program: {conference}", "您的日程安排有变更：{conference}",
      "Изменения в вашем участии: {conference}")
    static let greeting = Wording("Dear {name},", "尊敬的{name}：", "Здравствуйте, {name}!")
    static let newOpening = Wording(
      "here is your part in the program of “{conference}”.", "以下是您在“{conference}”日程中的安排。",
      "сообщаем о вашем участии в программе конференции «{conference}».")
    static let changedOpening = Wording(
      "your part in the program of “{conference}” has changed since we last wrote to you.",
      "自上次通知以来，您在“{conference}”日程中的安排有以下变更。",
      "сообщаем, что изменилось в вашем участии в программе конференции «{conference}» "
        + "после нашего предыдущего письма.")
    static let unchangedOpening = Wording(
      "nothing has changed in your part in the program of “{conference}” since we last wrote to you.",
      "自上次通知以来，您在“{conference}”日程中的安排没有变更。",
      "в вашем участии в программе конференции «{conference}» после нашего предыдущего письма ничего "
        + "не изменилось.")
    static let released = Wording(
      "Program: version {version}.", "日程：版本 {version}。", "Программа: версия {version}.")
    static let draft = Wording(
      "The program is a draft and may still change.", "本日程为草稿，可能还会调整。",
      "Программа предварительная и ещё может измениться.")
    static let before = Wording("Until now", "原定", "Было")
    static let now = Wording("Now", "现定", "Стало")
    static let yourPart = Wording("Your part", "您的角色", "Ваша роль")
    static let yourPresentation = Wording("You present", "您的报告", "Ваш доклад")
    static let withOthers = Wording("With", "同场", "Вместе с вами")
    static let own = Wording(
      "Your entry in the program", "日程中关于您的信息", "Сведения о вас в программе")
    static let calendar = Wording(
      "The attached calendar file adds these sessions to your calendar or updates them.",
      "附件为日历文件，打开后即可将以上场次加入您的日历，或更新其中已有的场次。",
      "Приложенный файл календаря добавит эти заседания в ваш календарь или исправит их там.")
    static let zone = Wording(
      "All times are in the time zone {zone}.", "所有时间均为 {zone} 时间。", "Время указано по часовому поясу {zone}."
    )

    static func fate(_ fate: NoticeDigest.Fate) -> Wording {
      switch fate {
      case .cancelled: Labels.change(.cancelled)
      case .gone: Labels.change(.unscheduled)
      case .left:
        Wording("You no longer have a part in", "您不再参加以下场次", "Вы больше не участвуете")
      case .moved: Labels.fate(.moved)
      case .reinstated: Labels.change(.reinstated)
      case .new: Wording("New for you", "您的新安排", "Новое для вас")
      case .changed: Labels.fate(.changed)
      case .unchanged: Wording("As before", "无变更", "Без изменений")
      }
    }
  }
}

extension Wording {
  /// The text in one language, with each `{key}` replaced.
  func text(in language: Language, _ values: [String: String] = [:]) -> String {
    var text = localized([language]).best([language]).text
    for (key, value) in values { text = text.replacing("{\(key)}", with: value) }
    return text
  }
}
