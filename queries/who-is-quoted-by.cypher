// title: Who is quoted by which outlet?
// description: >-
//   How many statements of a speaker each outlet published, in how many articles, and when first and
//   last.
// columns:
//   outlet: string
//   speaker: string
//   statements: integer
//   articles: integer
//   first: string
//   last: string

MATCH (who:Entity)-[:SAID]->(s:Statement)-[:STATED_IN]->(article:Article)-[:PUBLISHED_BY]->(o:Entity)
WITH o, who, count(DISTINCT s) AS statements, count(DISTINCT article) AS articles,
     min(left(article.published, 10)) AS first, max(left(article.published, 10)) AS last
RETURN o.name AS outlet, who.name AS speaker, statements, articles, first, last
ORDER BY statements DESC, outlet, speaker, o.id, who.id
LIMIT 300
