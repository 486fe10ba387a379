import People
import Vocabulary

/// Invented names.
enum Names {
  /// Half of them in Latin letters, the others in Chinese or Cyrillic with a Latin form behind.
  static func attendee(_ number: Int, _ category: String) throws -> AttendeeDetails {
    let name: PersonName
    switch number % 4 {
    case 2:
      let (family, given) = (chineseFamilies[number / 4 % 12], chineseGiven[number / 48 % 10])
      name = try PersonName([
        NameForm("\(family.0), \(given.0)", in: Language("zh"), order: nil),
        NameForm("\(family.1), \(given.1)", in: .english, order: .familyFirst),
      ])
    case 3:
      let (family, given) = (russianFamilies[number / 4 % 10], russianGiven[number / 40 % 9])
      name = try PersonName([
        NameForm("\(family.0), \(given.0)", in: Language("ru"), order: nil),
        NameForm("\(family.1), \(given.1)", in: .english, order: nil),
      ])
    default:
      let family = families[(number / 2) % families.count]
      let given = givens[(number / 2 / families.count + number % 2 * 5) % givens.count]
      name = try PersonName([NameForm("\(family), \(given)", in: .english, order: nil)])
    }
    let city = cities[number * 7 % cities.count]
    let country = countries[number % countries.count]
    let email = try EmailAddress("attendee-\(number)@example.org")
    return AttendeeDetails(name: name) {
      $0.email = email
      $0.organisation = number % 5 == 0 ? nil : LocalizedText([.english: organisation(number, city)])
      $0.position = number % 3 == 0 ? LocalizedText([.english: offices[number % offices.count]]) : nil
      $0.country = LocalizedText([.english: country])
      $0.note = number % 17 == 0 ? "Vegetarian." : number % 101 == 0 ? "Needs a ramp." : nil
    }
  }

  private static func organisation(_ number: Int, _ city: String) -> String {
    switch number % 6 {
    case 1: "\(city) Observatory"
    case 2: "Institute of Applied Mathematics and Mechanical Engineering, University of \(city)"
    case 3: "\(city) Daily News"
    case 4: "Free Software Group \(city)"
    default: "University of \(city)"
    }
  }

  static let cities = [
    "Ghent", "Kazan", "Hangzhou", "Porto", "Tromsø", "Łódź", "Bristol", "Nagoya", "Almaty", "Lyon", "Graz",
    "Montevideo", "Nairobi",
  ]
  static let offices = [
    "Professor", "Maintainer", "Head of Department", "Librarian", "Research Engineer", "Lecturer", "Editor",
  ]
  private static let countries = [
    "Belgium", "China", "Russia", "Portugal", "Norway", "Poland", "Japan", "Kazakhstan", "France", "Kenya",
    "Bosnia and Herzegovina",
  ]
  private static let families = [
    "Abbott", "Björklund", "Castellanos", "D’Angelo", "Eriksen", "Fontaine", "García Márquez", "Hughes",
    "Ivanić", "Janssens", "Kowalczyk", "Lindqvist", "Müller-Lüdenscheidt", "Nowak", "O’Sullivan",
    "Papadopoulou",
    "Quintero", "Rossi", "Şahin", "Thompson", "Udoh", "van den Broeck", "Winterbottom", "Yıldız", "Železný",
  ]
  private static let givens = [
    "Ada", "Benedikt", "Chiara", "Dmitra", "Elif", "Fionn", "Greta", "Håkon", "Inês", "Jürgen", "Katarzyna",
    "Leopold", "Maria Magdalena",
  ]
  private static let chineseFamilies = [
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("赵", "Zhao"),
    ("黄", "Huang"), ("欧阳", "Ouyang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"),
  ]
  private static let chineseGiven = [
    ("伟", "Wei"), ("静怡", "Jingyi"), ("海燕", "Haiyan"), ("明", "Ming"), ("晓东", "Xiaodong"), ("丽", "Li"),
    ("志强", "Zhiqiang"), ("芳", "Fang"), ("建国", "Jianguo"), ("雪", "Xue"),
  ]
  private static let russianFamilies = [
    ("Иванова", "Ivanova"), ("Петрова", "Petrova"), ("Сидоренко", "Sidorenko"), ("Кузнецова", "Kuznetsova"),
    ("Щербак", "Shcherbak"), ("Черных", "Chernykh"), ("Белых", "Belykh"), ("Шевченко", "Shevchenko"),
    ("Римская-Корсакова", "Rimskaya-Korsakova"), ("Ткаченко", "Tkachenko"),
  ]
  private static let russianGiven = [
    ("Анна", "Anna"), ("Екатерина", "Ekaterina"), ("Ольга", "Olga"), ("Мария", "Maria"), ("Юлия", "Yulia"),
    ("Елена", "Elena"), ("Наталья", "Natalya"), ("Ирина", "Irina"), ("Светлана", "Svetlana"),
  ]
}

extension Character {
  var isHan: Bool {
    unicodeScalars.allSatisfy {
      (0x4E00...0x9FFF).contains($0.value) || (0x3400...0x4DBF).contains($0.value)
        || (0x20000...0x323AF).contains($0.value)
    }
  }
}

extension Sequence where Element: Hashable {
  /// Each once, where it came first.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

/// Every two of them.
func pairs<Element>(_ elements: [Element]) -> [(Element, Element)] {
  elements.indices.flatMap { a in elements.indices.dropFirst(a + 1).map { (elements[a], elements[$0]) } }
}
