-- title: Deals and financings by amount
-- description: Financings, acquisitions, site and power deals with a stated sum, the largest first. Sums of
--   different currencies are not converted, so one currency is asked for at a time.
-- param: since day = today-365: First day of the articles.
-- param: currency text = USD: ISO 4217 code of the currency.

select
    published, event_type, status, company, counterparty, value as amount, currency, qualifier, words,
    quote, url
from facts
where
    kind = 'money'
    and event_type in ('financing', 'acquisition', 'site', 'power_deal')
    and currency = :currency
    and published_day >= :since
order by amount desc, quantity_id
