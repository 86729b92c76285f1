// title: What is denied, and what is only planned?
// about: >-
//   Relations that somebody denies, announces or holds possible. They are never mixed with what is asserted.

MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.status IN ['denied', 'planned', 'possible', 'ended', 'alleged']
  AND NOT a:Article AND NOT a:Statement AND NOT b:Statement
RETURN a, r, b
ORDER BY r.status, r.independent DESC, r.support DESC, r.id
LIMIT 300
