import Specification
import Testing
import Vocabulary

@testable import People

struct `An affiliation` {
  private let office: LocalizedText = ["en": "Dean", "zh": "院长"]
  private let school: LocalizedText = ["en": "School of Area Studies", "zh": "国际关系学院"]
  private let university: LocalizedText = ["en": "East China Normal University", "zh": "华东师范大学"]

  @Test func `is printed from the smallest unit up, and in Chinese from the organisation down`() {
    let affiliation = Affiliation(position: office, units: [school], organisation: university)
    #expect(
      affiliation.asPrinted
        == [
          "en": "Dean, School of Area Studies, East China Normal University",
          "zh": "华东师范大学国际关系学院院长",
        ])
  }

  @Test func `is printed without missing parts`() {
    #expect(Affiliation(organisation: university).asPrinted == university)
    #expect(
      Affiliation(position: "Dean", organisation: university).asPrinted
        == ["en": "Dean, East China Normal University", "zh": "华东师范大学 Dean"])
  }

  @Test func `keeps the stated printed text in its language`() {
    let affiliation = Affiliation(
      position: office, units: [school], organisation: university,
      asPrinted: ["en": "Dean of Area Studies, ECNU"])
    #expect(
      affiliation.asPrinted == ["en": "Dean of Area Studies, ECNU", "zh": "华东师范大学国际关系学院院长"])
  }

  private func printed(
    _ position: LocalizedText?, honorary: Bool = false, former: Bool = false,
    _ organisation: LocalizedText, asPrinted: LocalizedText? = nil
  ) -> [String] {
    Affiliation(
      position: position, honorary: honorary, former: former, organisation: organisation, asPrinted: asPrinted
    ).asPrinted.entries.map(\.text)
  }

  private let names: LocalizedText = ["en": "ECNU", "zh": "华东师范大学", "ru": "ВКПУ", "de": "OCN"]

  @Test func `says in print that an office is honorary, or no longer held`() {
    let dean: LocalizedText = ["en": "Dean", "zh": "院长", "ru": "Декан", "de": "Dekan"]
    #expect(printed(dean, names) == ["Dekan, OCN", "Dean, ECNU", "Декан, ВКПУ", "华东师范大学院长"])
    #expect(
      printed(dean, former: true, names)
        == ["Dekan, OCN", "Former Dean, ECNU", "Бывший декан, ВКПУ", "华东师范大学原院长"])
    #expect(
      printed(dean, honorary: true, former: true, names)
        == ["Dekan, OCN", "Former Honorary Dean, ECNU", "Бывший почётный декан, ВКПУ", "华东师范大学原名誉院长"])
    #expect(printed(nil, former: true, "ECNU") == ["ECNU"])
  }

  @Test func `does not say it twice`() {
    let consul: LocalizedText = ["en": "former Consul", "zh": "前领事", "ru": "экс-консул"]
    let office: LocalizedText = ["en": "Office", "zh": "领馆", "ru": "МИД"]
    #expect(printed(consul, former: true, office) == ["former Consul, Office", "экс-консул, МИД", "领馆前领事"])
    #expect(printed("Performer", former: true, "ECNU") == ["Former Performer, ECNU"])
    #expect(printed(["ru": "Эксперт"], former: true, ["ru": "МИД"]) == ["Бывший эксперт, МИД"])
    #expect(printed(["ru": "Заведующая"], former: true, ["ru": "МИД"]) == ["Бывшая заведующая, МИД"])
    #expect(printed(["zh": "原子能处处长"], honorary: true, ["zh": "领馆"]) == ["领馆名誉原子能处处长"])
    #expect(printed(["zh-Hant": "院長"], former: true, ["zh-Hant": "大學"]) == ["大學前院長"])
    #expect(printed("Emeritus Professor", honorary: true, "ECNU") == ["Emeritus Professor, ECNU"])
    #expect(printed("Dean", former: true, "ECNU", asPrinted: "Dean of old") == ["Dean of old"])
  }

  @Test func `has a space between Chinese and Latin`() {
    #expect(printed("Director", ["zh": "华东师范大学"]) == ["华东师范大学 Director"])
    #expect(printed(["zh": "主任"], ["zh": "IBM研究院"]) == ["IBM研究院主任"])
    #expect(printed(["zh": "主任"], ["zh": "研究院IBM"]) == ["研究院IBM 主任"])
    #expect(printed(["ko": "학장"], ["ko": "서울대학교"]) == ["서울대학교 학장"])
  }
}
