// title: What connects two entities?
// description: >-
//   Chains of one to three asserted relations from one to the other, the shortest first. `^` marks a
//   relation that is read against its direction.
// parameters:
//   one: {type: name, default: Gordon May}
//   other: {type: name, default: Narusaem Energy}
// columns:
//   hops: integer
//   relation1: string
//   via1: string
//   relation2: string
//   via2: string
//   relation3: string

MATCH (x:Entity) WHERE x.name = $one OR $one IN x.aliases
MATCH (y:Entity) WHERE (y.name = $other OR $other IN y.aliases) AND y.id <> x.id
CALL {
  WITH x, y
  MATCH (x)-[r]-(y) WHERE r.status = 'asserted'
  RETURN r, null AS m, null AS s, null AS n, null AS t
  UNION
  WITH x, y
  MATCH (x)-[r]-(m:Entity)-[s]-(y)
  WHERE r.status = 'asserted' AND s.status = 'asserted' AND NOT m:Statement AND m.id <> x.id AND m.id <> y.id
  RETURN r, m, s, null AS n, null AS t
  UNION
  WITH x, y
  MATCH (x)-[r]-(m:Entity)
  WHERE r.status = 'asserted' AND NOT m:Statement AND m.id <> x.id AND m.id <> y.id
  MATCH (n:Entity)-[t]-(y)
  WHERE t.status = 'asserted' AND NOT n:Statement AND n.id <> x.id AND n.id <> y.id AND n.id <> m.id
  MATCH (m)-[s]-(n) WHERE s.status = 'asserted'
  RETURN r, m, s, n, t
}
RETURN DISTINCT
       CASE WHEN s IS NULL THEN 1 WHEN t IS NULL THEN 2 ELSE 3 END AS hops,
       CASE WHEN startNode(r).id = x.id THEN type(r) ELSE '^' + type(r) END AS relation1, m.name AS via1,
       CASE WHEN s IS NULL THEN null WHEN startNode(s).id = m.id THEN type(s) ELSE '^' + type(s) END AS relation2,
       n.name AS via2,
       CASE WHEN t IS NULL THEN null WHEN startNode(t).id = n.id THEN type(t) ELSE '^' + type(t) END AS relation3
ORDER BY hops, coalesce(via1, ''), coalesce(via2, ''), relation1, coalesce(relation2, ''), coalesce(relation3, '')
LIMIT 300
