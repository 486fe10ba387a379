/// The fixed texts of the record's front and of how sessions were held.
extension Labels {
  static let forRecord: [String: Wording] = [
    "announced": Wording("Announced for", "预告", "Объявлено на"),
    "announcedChair": Wording("Chair, as announced", "预告主席", "Председатель по программе"),
    "asHeld": Wording("As held", "实际举行", "Как прошло"),
    "identifier": Wording("Identifier", "标识号", "Идентификатор"),
    "imprint": Wording("Imprint", "版权信息", "Выходные сведения"),
    "licence": Wording("Licence", "许可", "Лицензия"),
    "noIdentifier": Wording("none", "无", "нет"),
    "notHeld": Wording("not recorded as held", "未记录举行", "проведение не отмечено"),
    "notStated": Wording("not stated", "未载明", "не указано"),
    "place": Wording("Place", "地点", "Место"),
    "presentNumber": Wording("Present", "出席人数", "Присутствовало"),
    "presiding": Wording("Presiding", "主持", "Председательствовал"),
    "programAsHeld": Wording("Program as held", "实际日程", "Программа, как она прошла"),
    "publisher": Wording("Publisher", "出版者", "Издатель"),
    "series": Wording("Series", "系列", "Серия"),
    "summary": Wording("Summary", "摘要", "Краткое изложение"),
  ]

  static let quorum = Wording("quorum %", "法定人数 %", "кворум %")
  static let heldFrom = Wording("from %", "%起", "с %")
  static let heldUntil = Wording("until %", "至%", "до %")
  /// The number of a conference in its series.
  static let seriesNumber = Wording("No. %", "第%届", "№ %")
}
