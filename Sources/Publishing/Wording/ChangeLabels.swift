package import ReadModels
import Scheduling
import Vocabulary

extension Labels {
  /// Labels only for documents about changes.
  static let forChanges: [String: Wording] = [
    "changeSheet": Wording("Changes", "变更通知", "Изменения"),
    "changesElsewhere": Wording("Also changed", "其他变更", "Изменено также"),
    "noChanges": Wording("Nothing has changed.", "没有变更。", "Изменений нет."),
    "newText": Wording("new text", "新文本", "новый текст"),
  ]

  /// - Returns: the name of the changed property, a word or two before the two values.
  static func change(_ what: ProgramDiff.What) -> Wording {
    switch what {
    case .cancelled: Wording("Cancelled", "取消", "Отменено")
    case .reinstated: Wording("Takes place after all", "恢复举行", "Всё же состоится")
    case .new: Wording("New", "新增", "Новое")
    case .unscheduled: Wording("No longer in the program", "已从日程中撤下", "Снято с программы")
    case .removed: Wording("Removed", "已删除", "Удалено")
    case .time, .presentationTime: Wording("Time", "时间", "Время")
    case .length, .presentationMinutes: Wording("Length", "时长", "Продолжительность")
    case .room: Wording("Room", "会议室", "Зал")
    case .slotAdded: Wording("Additionally", "增加时段", "Дополнительно")
    case .slotRemoved: Wording("Dropped", "取消时段", "Исключено")
    case .title: Wording("Title", "标题", "Название")
    case .presentationTitle: Wording("Presentation", "报告", "Доклад")
    case .description, .presentationAbstract: Wording("Abstract", "摘要", "Аннотация")
    case .kind: Wording("Kind", "类型", "Вид")
    case .track: Wording("Track", "专题", "Секция")
    case .languages: Wording("Languages", "语言", "Языки")
    case .presentationLanguage: Wording("Language", "语言", "Язык")
    case .interpretation: Wording("Interpretation", "口译", "Перевод")
    case .links, .presentationLinks: Wording("Links", "链接", "Ссылки")
    case .expected: Wording("Expected", "预计人数", "Ожидается")
    case .needs: Wording("Needs", "所需设备", "Требуется")
    case .recording: Wording("Recording", "录制", "Запись")
    case .joined: Wording("Joins", "加入", "Участвует")
    case .left: Wording("Leaves", "退出", "Не участвует")
    case .replaced: Wording("Replaced", "更换", "Замена")
    case .roles: Wording("Part", "角色", "Роль")
    case .peopleOrder: Wording("Order of names", "姓名顺序", "Порядок имён")
    case .presentationAdded: Wording("New presentation", "新增报告", "Новый доклад")
    case .presentationWithdrawn: Wording("Presentation withdrawn", "报告取消", "Доклад снят")
    case .presentationsReordered: Wording("Order of presentations", "报告顺序", "Порядок докладов")
    case .presentationPeople: Wording("Presented by", "报告人", "Докладчики")
    case .presentationStart: Wording("Begins at", "开始时间", "Начало")
    case .withdrawn: Wording("Will not come", "不能出席", "Не приедет")
    case .name: Wording("Name", "名称", "Название")
    case .address: Wording("Address", "地址", "Адрес")
    case .capacity: Wording("Seats", "座位数", "Мест")
    case .note: Wording("Note", "备注", "Примечание")
    case .venue: Wording("Venue", "场馆", "Площадка")
    case .features: Wording("Equipment", "设备", "Оснащение")
    case .closed: Wording("Closed", "停用", "Закрыто")
    case .reopened: Wording("Open again", "恢复使用", "Снова открыто")
    case .color: Wording("Colour", "颜色", "Цвет")
    case .affiliations: Wording("Affiliation", "单位", "Организация")
    case .biography: Wording("Biography", "简介", "Биография")
    case .pronunciation: Wording("Pronunciation", "读音", "Произношение")
    case .shortTitle: Wording("Short title", "简称", "Краткое название")
    case .place: Wording("Place", "地点", "Место")
    case .zone: Wording("Time zone", "时区", "Часовой пояс")
    case .dayStart: Wording("Days begin at", "每日开始于", "День начинается в")
    case .days: Wording("Dates", "日期", "Даты")
    case .welcome: Wording("Welcome", "致辞", "Приветствие")
    case .organisations: Wording("Organisations", "主办方", "Организаторы")
    }
  }

  /// What happened to the whole session.
  static func fate(_ fate: ProgramDiff.Fate) -> Wording {
    switch fate {
    case .cancelled: change(.cancelled)
    case .gone: change(.unscheduled)
    case .reinstated: change(.reinstated)
    case .moved: Wording("Moved", "时间地点调整", "Перенесено")
    case .new: change(.new)
    case .changed: Wording("Changed", "内容变更", "Изменено")
    }
  }

  /// Includes kinds for which a program prints no word.
  static func anyForm(_ form: SessionKind) -> Wording {
    switch form {
    case .session: Wording("Session", "场次", "Заседание")
    case .break: Wording("Break", "休息", "Перерыв")
    case .meal: Wording("Meal", "用餐", "Питание")
    case .reception: Wording("Reception", "招待会", "Приём")
    case .service: Wording("Service", "会务", "Организационное")
    default: Labels.form(form) ?? Wording(form.rawValue, form.rawValue, form.rawValue)
    }
  }

  static let partOfSession = Wording("Part %", "第%部分", "Часть %")
  static let listComma = Wording(", ", "、", ", ")
  static let minutes = Wording("% min", "%分钟", "% мин")
  static let versionNumber = Wording("Version %", "版本 %", "Версия %")
  static let draftAt = Wording("Draft at position %", "草稿（记录序号 %）", "Проект на позиции %")
  static let changesSinceVersion = Wording(
    "Changes since version %", "自版本 % 以来的变更", "Изменения после версии %")
  static let changesSincePosition = Wording(
    "Changes since position %", "自记录序号 % 以来的变更", "Изменения после позиции %")
  /// `{what}`: “the booklet”.
  static let changesToPrint = Wording("Changes to {what}", "{what}的变更", "Изменения: {what}")
}

extension ProgramDiff {
  /// What happened to the whole session, most serious first.
  package enum Fate: Int, Sendable, Comparable {
    case cancelled, gone, moved, reinstated, new, changed

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }
}

extension ProgramDiff.ChangedSession {
  package var fate: ProgramDiff.Fate {
    if has(.cancelled) { return .cancelled }
    if has(.unscheduled) { return .gone }
    if has(.reinstated) { return .reinstated }
    if has(.new) { return .new }
    return has(.time, .length, .room, .slotAdded, .slotRemoved) ? .moved : .changed
  }
}
