import { SECTOR_TERMS, SECTORS } from '../core/vocabulary.ts'
import type { Field } from './fields.ts'
import { KEY_FIELDS } from './fields-keys.ts'
import { AREA_FIELD, CREDIT_CODE_FIELD, FAULTS_FIELD, PLACE_FIELDS, SEQUENCE_FIELD } from './fields-place.ts'

export const SECTOR_FIELD: Field = {
  field: 'sector',
  header: '行业领域',
  synonyms: [
    '行业',
    '领域',
    '所属行业',
    '行业类别',
    '行业分类',
    '监管行业',
    '监管领域',
    '隐患领域',
    '所属领域',
    '行业(领域)',
    '重点行业领域',
  ],
  width: 14,
  choices: SECTORS.map((sector) => SECTOR_TERMS[sector].zh),
}

/** 场所清单: who is where, and who answers for it. */
export const SITE_FIELDS: readonly Field[] = [
  SEQUENCE_FIELD,
  {
    field: 'name',
    header: '企业名称',
    synonyms: [
      '场所名称',
      '单位名称',
      '名称',
      '企业（单位）名称',
      '风险点名称',
      '风险点（单元）名称',
      '企业全称',
      '单位',
      '生产经营单位',
    ],
    isRequired: true,
    maxLength: 200,
    width: 30,
  },
  CREDIT_CODE_FIELD,
  SECTOR_FIELD,
  {
    field: 'siteKind',
    header: '类型',
    synonyms: ['场所类型', '单位类型', '企业类型', '类别'],
    maxLength: 100,
    width: 14,
  },
  AREA_FIELD,
  {
    field: 'address',
    header: '地址',
    synonyms: ['详细地址', '所在位置', '位置', '经营地址', '生产经营地址', '注册地址', '地点', '所在地址'],
    maxLength: 300,
    width: 30,
  },
  {
    field: 'responsibleUnit',
    header: '责任部门',
    synonyms: ['责任单位', '管理部门', '监管部门', '主管部门'],
    maxLength: 200,
    width: 18,
  },
  {
    field: 'responsiblePerson',
    header: '责任人',
    synonyms: ['负责人', '主要负责人', '联系人', '安全负责人', '法定代表人', '法人'],
    maxLength: 100,
    width: 12,
  },
  {
    field: 'responsiblePhone',
    header: '联系电话',
    synonyms: ['电话', '手机', '手机号', '联系方式', '责任人电话', '负责人电话'],
    maxLength: 40,
    width: 16,
  },
  ...PLACE_FIELDS,
  {
    field: 'siteLevel',
    header: '风险等级',
    synonyms: ['等级', '风险级别'],
    computed: '场所的等级由风险清单中各项风险得出，请导入「安全风险分级管控清单」',
  },
  {
    field: 'siteColor',
    header: '颜色',
    synonyms: ['风险颜色'],
    width: 7,
    computed: '颜色由风险等级得出',
  },
  ...KEY_FIELDS,
  FAULTS_FIELD,
]
