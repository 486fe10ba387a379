extension Labels {
  /// What a document says about content that does not fit. Templates replace `%` with numbers.
  static let forFitting: [String: Wording] = [
    "continued": Wording("continued", "续", "продолжение"),
    "glanceNote": Wording(
      "A block: the sessions of one track in a room, their number, and the page of the first.",
      "每个色块为同一会议室中同一专题的场次：场次数与首场所在页码。",
      "Блок — заседания одного направления в зале: их число и страница первого."),
    "indexOfTracks": Wording("Index of tracks", "专题索引", "Указатель направлений"),
    "joinedSessions": Wording(
      "Sessions joined by track and room: %. See the booklet.", "按专题和会议室合并列出的场次：%，详见会议手册。",
      "Заседаний, объединённых по направлению и залу: %. См. буклет."),
    "leftOutDescriptions": Wording(
      "Descriptions left out: %.", "省略的内容简介：%。", "Опущено описаний: %."),
    "leftOutLanguages": Wording(
      "Sessions printed in one language only: %.", "仅以一种语言列出的场次：%。",
      "Заседаний только на одном языке: %."),
    "leftOutLinks": Wording(
      "Sessions with fewer links than they have: %.", "省略部分链接的场次：%。",
      "Заседаний с неполным списком ссылок: %."),
    "leftOutPeople": Wording(
      "Sessions printed without their people: %.", "未列出人员的场次：%。",
      "Заседаний без имён участников: %."),
    "otherSessions": Wording("Other sessions", "其他场次", "Другие заседания"),
    "pageNumber": Wording("p.\u{a0}%", "第%页", "с.\u{a0}%"),
    "sessionCount": Wording("% sessions", "%场", "заседаний: %"),
    "shortenedDescriptions": Wording(
      "Descriptions shortened to fit: %.", "因版面所限缩短的内容简介：%。", "Сокращено описаний: %."),
  ]
}
