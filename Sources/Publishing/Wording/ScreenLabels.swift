import Vocabulary

extension Labels {
  /// Labels only for the program on a screen.
  enum Screen {
    static let all = Wording("All", "全部", "Все")
    static let allLanguages = Wording("All side by side", "并列显示", "Все рядом")
    static let changed = Wording("Changed", "有改动", "Изменено")
    static let day = Wording("Day", "日期", "День")
    static let details = Wording("Details", "详情", "Подробнее")
    static let filter = Wording("Choose what is shown", "筛选", "Выбрать, что показать")
    static let formerly = Wording("formerly", "原为", "ранее")
    static let language = Wording("Language", "语言", "Язык")
    static let moved = Wording("Moved", "已调整", "Перенесено")
    static let mine = Wording("My program", "我的日程", "Моя программа")
    static let new = Wording("New", "新增", "Новое")
    static let nothing = Wording(
      "Nothing matches these filters.", "没有符合条件的场次。", "В программе ничего подходящего нет.")
    static let now = Wording("Now", "正在进行", "Сейчас")
    static let parts = Wording("Parts", "各部分", "Части")
    static let person = Wording("Person", "人员", "Участник")
    static let presentations = Wording("Presentations", "报告", "Доклады")
    static let room = Wording("Room", "会议室", "Зал")
    static let search = Wording("Search", "搜索", "Поиск")
    static let showAll = Wording("Show everything", "显示全部", "Показать всё")
    static let shown = Wording("Shown:", "显示场次：", "Показано:")
    static let skip = Wording("Skip to the program", "跳到日程", "К программе")
    static let star = Wording("Add to my program", "加入我的日程", "Добавить в мою программу")
    static let track = Wording("Track", "专题", "Направление")
    static let venue = Wording("Venue", "会场", "Место")
  }
}
