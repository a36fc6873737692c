import { fieldsFor, inScope, narrowed, principal, type ValidGrant } from './principal';

const who = { accountId: 'a', actor: 'staff:a', sessionKind: 'cookie' } as const;
const hrOfSales: ValidGrant = {
  id: '1',
  role: 'hr',
  programmes: ['p1'],
  departments: ['営業部'],
  fields: ['contact', 'leaving-detail'],
};
const hrOfRehire: ValidGrant = { id: '2', role: 'hr', programmes: ['p2'], fields: ['contact'] };
const auditor: ValidGrant = { id: '3', role: 'auditor', fields: [] };

describe('a principal', () => {
  it('has the roles and permissions of all grants', () => {
    const both = principal(who, [hrOfSales, auditor, hrOfRehire]);
    expect(both.roles).toEqual(['hr', 'auditor']);
    expect(both.permissions.has('imports:write')).toBe(true);
    expect(both.permissions.has('audit:read')).toBe(true);
    expect(both.permissions.has('accounts:write')).toBe(false);
  });

  it('is narrowed to the grants that carry a permission: an auditor’s width is not HR’s', () => {
    const both = principal(who, [hrOfSales, auditor]);
    expect(inScope(narrowed(both, ['alumni:read']), { programmeId: 'p9', department: '人事部' })).toBe(true);
    expect(inScope(narrowed(both, ['alumni:write']), { programmeId: 'p9', department: '人事部' })).toBe(
      false,
    );
    expect(inScope(narrowed(both, ['alumni:write']), { programmeId: 'p1', department: '営業部' })).toBe(true);
  });

  it('needs one grant for permissions required together', () => {
    const both = principal(who, [hrOfSales, { id: '4', role: 'operator', fields: [] }]);
    expect(narrowed(both, ['imports:write', 'operate:write']).scopes).toEqual([]);
  });

  it('never mixes the dimensions of two grants', () => {
    const both = principal(who, [hrOfSales, hrOfRehire]);
    expect(inScope(both, { programmeId: 'p2', department: '人事部' })).toBe(true);
    expect(inScope(both, { programmeId: 'p1', department: '人事部' })).toBe(false);
    expect(inScope(both, {})).toBe(false);
  });

  it('reveals everywhere only what every grant reveals, and per person what covers the person', () => {
    const both = principal(who, [hrOfSales, hrOfRehire]);
    expect(both.fields).toEqual(['contact']);
    expect(fieldsFor(both, { programmeId: 'p1', department: '営業部' })).toEqual([
      'contact',
      'leaving-detail',
    ]);
    expect(fieldsFor(both, { programmeId: 'p2', department: '営業部' })).toEqual(['contact']);
    expect(fieldsFor(both, { programmeId: 'p3' })).toEqual([]);
  });

  it('may do nothing without a grant, nor by a role this version does not know', () => {
    const unknown = { ...auditor, role: 'emperor' as never };
    for (const grants of [[], [unknown]]) {
      expect(principal(who, grants).permissions.size).toBe(0);
      expect(narrowed(principal(who, grants), ['alumni:read']).scopes).toEqual([]);
    }
  });
});
