// title: Which policies target a country?
// description: >-
//   Tariffs, sanctions, controls, … aimed at a country (or company, person, body), and who issued them.
// parameters:
//   country: {type: name, default: South Korea}
// columns:
//   policy: string
//   policyKind: string
//   issuer: string
//   target: string
//   status: string
//   value: decimal
//   unit: string
//   support: integer
//   firstSeen: string
//   lastSeen: string

MATCH (c:Entity) WHERE c.name = $country OR $country IN c.aliases
MATCH (p:Policy)-[r:TARGETS]->(c)
OPTIONAL MATCH (p)-[:ISSUED_BY {status: 'asserted'}]->(i:Entity)
RETURN p.name AS policy, p.policyKind AS policyKind, i.name AS issuer, c.name AS target, r.status AS status,
       p.value AS value, p.unit AS unit, r.support AS support, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY policy, target, status, r.id, coalesce(issuer, ''), coalesce(i.id, '')
LIMIT 300
