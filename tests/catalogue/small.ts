import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import type { Fault } from '../../catalogue/faults'
import { loadCatalogue, type LoadResult } from '../../catalogue/load'

/** 一份虚构的小目录：搬家一件事，先发许可、再凭许可登记。每个毛病在它上面改一处。 */
export type Files = Record<string, Tree>
interface Tree {
  [key: string]: Tree & Tree[] & string & number & boolean & null
}

const provenance = { source: '虚构，只供测试', reviewedOn: '2026-11-21' }
const way = { way: 'upload', say: '请上传' }

export const consent = {
  fields: ['姓名'],
  purpose: '核验身份',
  validDays: 7,
  ways: { declined: way, unanswered: way, unreachable: way, deceased: way }
}

const words = [{ id: 'a', label: '甲', topic: '流程' }]
const grade = (name: string, bad: boolean) => ({ grade: name, label: name, bad, words: bad ? 'bad' : 'good' })

function matter(id: string, materials: object[], result: object): object {
  return {
    id,
    name: id,
    department: 'hall',
    limit: { statutory: 5, promised: 2, unit: 'workday' },
    handlingType: 'promised',
    materials,
    result,
    separateVisits: 1,
    ...provenance
  }
}

function licence(id: string, face: string[]): object {
  return {
    id,
    name: id,
    issuer: '虚构机关',
    holder: 'person',
    face: face.map(name => ({ name, type: 's', sensitivity: 1 })),
    look: { tint: 'blue', layout: 'card', seal: '样例局' },
    validity: '长期',
    validMonths: null,
    uses: ['测试'],
    typeCode: null,
    ...provenance
  }
}

/** 一份新的小目录，怎么改都不影响别的测试。 */
export function smallCatalogue(): Files {
  const files = {
    'city.yml': {
      name: '虚构市',
      appName: '虚构办',
      divisionCode: '990000',
      hotline: '12345',
      demo: true,
      demoNote: '虚构',
      ...provenance
    },
    'stages.yml': {
      ...provenance,
      stages: [
        { id: 'living', name: '居住', audience: 'person', order: 1, bundles: ['moving'] },
        { id: 'later', name: '以后', audience: 'person', order: 2, elsewhere: '请到大厅' }
      ]
    },
    'departments.yml': { ...provenance, departments: [{ id: 'hall', name: '大厅' }] },
    'materials.yml': {
      ...provenance,
      materials: [
        { id: 'own-card', name: '身份证', source: { kind: 'licence', licenceType: 'card' }, holder: 'applicant' },
        { id: 'permit-paper', name: '许可', source: { kind: 'licence', licenceType: 'permit' }, holder: 'applicant' },
        { id: 'record', name: '记录', source: { kind: 'share', system: '虚构库' }, holder: 'applicant' }
      ]
    },
    'ratings.yml': {
      grades: [grade('very_good', false), grade('good', false), grade('fair', false), grade('poor', true), grade('very_poor', true)],
      topics: ['流程'],
      tags: { good: words, middle: words, bad: words },
      minBadText: 10,
      openWorkdays: 5,
      changes: 1,
      ...provenance
    },
    'clock.yml': {
      clock: {
        closing: '17:00',
        instantLateFrom: '15:30',
        instantExtendedTo: '12:00',
        preReviewDays: 1,
        warningMinimumDays: 1,
        warningDivisor: 3,
        faultStopDays: 2,
        maximumExtensionDays: 10
      },
      deadlines: {
        draftKeepDays: 30, draftReminderDays: 3, correctionDays: 30, deferDays: 10, invitationDays: 7, objectionDays: 5,
        rectificationDays: 5
      },
      ...provenance
    },
    'regions.yml': {
      province: { code: '990000', name: '虚构省' },
      cities: [{ code: '990100', name: '虚构市', districts: [{ code: '990101', name: '虚构区' }] }],
      ...provenance
    },
    'scenes.yml': {
      ...provenance,
      groups: [{ id: 'doors', name: '进门' }],
      scenes: [
        {
          id: 'gate',
          name: '进门',
          group: 'doors',
          purpose: '核对是不是本人',
          legalBasis: '虚构办法',
          holder: 'person',
          fields: [{ kind: 'identity', field: 'name', show: 'masked' }, { kind: 'holds', licence: 'card' }],
          confirm: false,
          offline: false,
          inPerson: false,
          retentionDays: 0,
          ...provenance
        }
      ]
    },
    'readers.yml': { ...provenance, readers: [{ id: 'door', organisation: '虚构单位', place: '门口', scenes: ['gate'] }] },
    'licences/card.yml': licence('card', ['姓名', '住址']),
    'licences/permit.yml': licence('permit', ['姓名', '编号']),
    'matters/grant.yml': matter('grant', [{ id: 'own-card', why: '核对身份' }], {
      kind: 'licence',
      licenceType: 'permit',
      holder: 'applicant'
    }),
    'matters/enrol.yml': matter('enrol', [{ id: 'permit-paper', why: '凭许可登记' }], { kind: 'document', name: '回执' }),
    'bundles/moving.yml': {
      id: 'moving',
      name: '搬家一件事',
      fullName: '搬家一件事',
      audience: 'person',
      stage: 'living',
      lead: 'hall',
      who: '搬家的人',
      trigger: '搬家',
      summary: '搬家一次办',
      minutes: 3,
      questions: [
        {
          id: 'far',
          text: '远不远？',
          options: [
            { value: 'y', label: '远' },
            { value: 'n', label: '近' }
          ]
        },
        {
          id: 'how',
          text: '怎么搬？',
          show: { eq: ['far', 'y'] },
          options: [
            { value: 'car', label: '车' },
            { value: 'boat', label: '船' }
          ]
        }
      ],
      stops: [{ when: { eq: ['how', 'boat'] }, say: '先问船期', blocking: false }],
      matters: [
        { key: 'first', matter: 'grant', when: { eq: ['far', 'y'] } },
        { key: 'second', matter: 'enrol', after: ['first'] }
      ],
      form: [
        {
          id: 'who',
          title: '你',
          fields: [
            {
              id: 'fullName',
              label: '姓名',
              type: 'personName',
              for: ['first', 'second'],
              required: true,
              sensitivity: 1,
              prefill: [{ kind: 'licence', from: 'card', face: '姓名', locked: true }]
            }
          ]
        }
      ],
      ...provenance
    }
  }
  return structuredClone(files) as unknown as Files
}

/** 写到临时文件夹、读一遍、删掉。 */
export function load(files: Files): LoadResult {
  const root = mkdtempSync(join(tmpdir(), 'catalogue-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), typeof content === 'string' ? content : stringify(content))
    }
    return loadCatalogue(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** 在小目录上改一处，读出全部毛病。 */
export function faultsAfter(change: (files: Files) => void): Fault[] {
  const files = smallCatalogue()
  change(files)
  const result = load(files)
  return result.ok ? [] : result.faults
}
